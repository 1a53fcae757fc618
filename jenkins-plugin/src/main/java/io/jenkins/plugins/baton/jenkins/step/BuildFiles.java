package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths that a pipeline's author gives, in the build's directory. */
final class BuildFiles {
    private BuildFiles() {}

    /**
     * @return the path on the Jenkins node
     * @throws AbortException with a sentence when it leads out of the directory
     */
    static String child(FilePath directory, String path) throws AbortException {
        if (leadsOut(path)) {
            throw new AbortException(Messages.HaFailoverTestStep_reportOutside(path));
        }
        return directory.child(path).getRemote();
    }

    private static boolean leadsOut(String path) {
        if (path.matches("([A-Za-z]:)?[/\\\\].*|[A-Za-z]:.*")) {
            return true;
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("[/\\\\]+")) {
            if (!name.equals("..")) {
                if (!name.equals(".")) {
                    names.push(name);
                }
            } else if (names.poll() == null) {
                return true;
            }
        }
        return false;
    }
}
