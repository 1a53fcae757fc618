package io.jenkins.plugins.baton.jenkins.step;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.fleet.drill.TimeWindow;
import io.jenkins.plugins.baton.fleet.report.ScenarioTexts;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.time.ZoneId;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link HaFailoverTestStep}: defaults, choices, and what is said about a value while it is typed. */
abstract class FailoverTestForm extends ClusterStepDescriptor {
    public final int getTimes() {
        return DrillRequest.TIMES;
    }

    public final String getMaxOutage() {
        return DrillRequest.Demands.MAX_OUTAGE;
    }

    public final String getHold() {
        return DrillRequest.HOLD;
    }

    public final String getSettle() {
        return DrillRequest.Demands.SETTLE;
    }

    public final String getInterval() {
        return DrillRequest.Client.INTERVAL;
    }

    public final int getConnections() {
        return DrillRequest.Client.CONNECTIONS;
    }

    public final int getMinHealthy() {
        return DrillRequest.Conditions.MIN_HEALTHY;
    }

    @POST
    public final ListBoxModel doFillScenarioItems(@AncestorInPath Item item) {
        checkConfigure(item);
        ListBoxModel model = new ListBoxModel();
        for (Scenario scenario : Scenario.values()) {
            String does = ScenarioTexts.describe(scenario.word(), scenario.description(), LocaleProvider.getLocale());
            model.add(scenario.word() + ": " + does, scenario.word());
        }
        model.add(Messages.HaFailoverTestStep_allScenarios(), Scenario.ALL);
        model.add(Messages.HaFailoverTestStep_nextScenario(), Scenario.NEXT);
        return model;
    }

    @POST
    public final ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
        checkConfigure(item);
        ListBoxModel model = new ListBoxModel();
        model.add(Messages.HaFailoverTestStep_fail(), OnFailure.FAIL.word());
        model.add(Messages.HaFailoverTestStep_unstable(), OnFailure.UNSTABLE.word());
        return model;
    }

    @POST
    public final FormValidation doCheckScenario(@AncestorInPath Item item, @QueryParameter String value) {
        return check(
                item,
                value,
                words -> {
                    if (!words.equals(Scenario.NEXT)) {
                        Scenario.list(words);
                    }
                },
                Messages.HaFailoverTestStep_badScenario(Scenario.words() + ", " + Scenario.ALL + ", " + Scenario.NEXT));
    }

    @POST
    public final FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
        return optional(item, value, Scenario::list, Messages.HaFailoverTestStep_badScenario(Scenario.words()));
    }

    /** The form has one field for the list. */
    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        String from = form.optString("from", "");
        form.put("from", JSONArray.fromObject(Util.tokenize(from, ", ")));
        return super.newInstance(request, form);
    }

    @POST
    public final FormValidation doCheckWindow(@AncestorInPath Item item, @QueryParameter String value) {
        FormValidation validation = optional(item, value, TimeWindow::parse, Messages.HaFailoverTestStep_badWindow());
        return validation.kind == FormValidation.Kind.OK && Util.fixEmptyAndTrim(value) != null
                ? FormValidation.ok(Messages.HaFailoverTestStep_windowZone(ZoneId.systemDefault()))
                : validation;
    }

    @POST
    public final FormValidation doCheckMaxOutage(@AncestorInPath Item item, @QueryParameter String value) {
        return time(item, value);
    }

    @POST
    public final FormValidation doCheckHold(@AncestorInPath Item item, @QueryParameter String value) {
        return time(item, value);
    }

    @POST
    public final FormValidation doCheckSettle(@AncestorInPath Item item, @QueryParameter String value) {
        return time(item, value);
    }

    @POST
    public final FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
        return time(item, value);
    }

    @POST
    public final FormValidation doCheckRequests(@AncestorInPath Item item, @QueryParameter String value) {
        return optional(item, value, Times::parse, Messages.ClusterStep_badTime());
    }
}
