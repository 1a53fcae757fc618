package io.jenkins.plugins.baton.jenkins.junit;

import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.junit.TestResult;
import hudson.tasks.junit.TestResultAction;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import io.jenkins.plugins.baton.jenkins.result.StepResultListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * Makes the drills of a step test cases of its build: the JUnit plugin then has their history and trend. It does not judge the
 * build, which the step does.
 */
@OptionalExtension(requirePlugins = "junit")
public final class TestCases extends StepResultListener {
    private static final Logger LOGGER = Logger.getLogger(TestCases.class.getName());

    @Override
    public void onEnded(Run<?, ?> build, StepResult result) {
        if (!result.isTested() || result.getDrills().isEmpty()) {
            return;
        }
        try {
            add(build, parsed(DrillCases.xml(result)));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the drills of " + build + " cannot be kept as test results", e);
        }
    }

    private static TestResult parsed(String xml) throws IOException {
        Path file = Files.createTempFile("baton", ".xml");
        try {
            Files.writeString(file, xml);
            TestResult tests = new TestResult(false);
            tests.parse(file.toFile(), null);
            return tests;
        } finally {
            Files.delete(file);
        }
    }

    private static void add(Run<?, ?> build, TestResult tests) throws IOException {
        TaskListener listener = new LogTaskListener(LOGGER, Level.WARNING);
        synchronized (build) {
            TestResultAction action = build.getAction(TestResultAction.class);
            if (action == null) {
                build.addAction(new TestResultAction(build, tests, listener));
            } else {
                tests.freeze(action);
                action.mergeResult(tests, listener);
            }
            build.save();
        }
    }
}
