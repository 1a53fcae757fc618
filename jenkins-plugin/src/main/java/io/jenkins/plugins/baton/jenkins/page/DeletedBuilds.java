package io.jenkins.plugins.baton.jenkins.page;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes deleted builds out of the trend of their job. */
@Extension
public final class DeletedBuilds extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(DeletedBuilds.class.getName());

    @Override
    public void onDeleted(Run<?, ?> build) {
        try {
            new TrendFile(build.getParent()).remove(build.getNumber());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the trend still shows the deleted build " + build, e);
        }
    }
}
