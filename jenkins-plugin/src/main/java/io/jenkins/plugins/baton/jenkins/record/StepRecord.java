package io.jenkins.plugins.baton.jenkins.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a step in a file beside its build.
 *
 * @param looks the last of each stage, in the order of the stages
 * @param intention of a deployment; null of other steps
 */
public record StepRecord(List<Look> looks, Intention intention) {
    public static final StepRecord EMPTY = new StepRecord(List.of(), null);

    public StepRecord {
        looks = looks == null ? List.of() : List.copyOf(looks);
    }

    /** A look before anything is done begins anew: several drills of a step have the same stages. */
    public StepRecord with(Look look) {
        List<Look> all = new ArrayList<>(
                looks.stream().filter(one -> one.stage() != look.stage()).toList());
        if (look.stage() == Stage.BEFORE) {
            all.clear();
        }
        all.add(look);
        return new StepRecord(all, intention);
    }

    public StepRecord with(Intention deployment) {
        return new StepRecord(looks, deployment);
    }

    public String json() throws JsonProcessingException {
        return StatusJson.mapper().writeValueAsString(this);
    }

    /** @throws JsonProcessingException when it is not what {@link #json} wrote */
    public static StepRecord parse(String json) throws JsonProcessingException {
        StepRecord record = StatusJson.mapper().readValue(json, StepRecord.class);
        return record == null ? EMPTY : record;
    }
}
