package io.jenkins.plugins.baton.jenkins.result;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a step returns to the pipeline, and in short what it did. */
public abstract class SummarizedResult implements Serializable {
    private static final long serialVersionUID = 1;

    SummarizedResult() {}

    abstract Summary inShort();

    /** For a description or a message, in one line. */
    @Whitelisted
    public final String getSummary() {
        return inShort().plain();
    }

    /** The same as Markdown. */
    @Whitelisted
    public final String getSummaryMarkdown() {
        return inShort().markdown();
    }
}
