package io.jenkins.plugins.baton.jenkins.record;

/**
 * Takes what a step has to tell, on the controller. A Jenkins node calls it from afar, with texts: what a node sends is data,
 * never objects of ours. A text that is too long, or not what it should be, is left out.
 */
public interface StepFeed {
    /** One who does not care. */
    StepFeed NONE = new StepFeed() {
        @Override
        public void cluster(String name) {}

        @Override
        public void look(String json) {}

        @Override
        public void intention(String json) {}

        @Override
        public void drill(String json) {}

        @Override
        public void refused() {}

        @Override
        public void standing(String sentence) {}
    };

    /** @param name in the cluster file */
    void cluster(String name);

    /** @param json of a {@link Look} */
    void look(String json);

    /** @param json of a deployment's {@code Intention} */
    void intention(String json);

    /** @param json of the {@code DrillReport} of a drill that ran to its end */
    void drill(String json);

    /** The cluster was not in a state in which the step may do its work, and nothing was done. */
    void refused();

    /** How things stand if nothing more is heard of the step; takes the place of what was said before. */
    void standing(String sentence);
}
