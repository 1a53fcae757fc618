package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.linux.libc.NativeLibraries;
import io.jenkins.plugins.baton.agent.management.ManagementException;
import io.jenkins.plugins.baton.agent.management.control.ExitCode;
import io.jenkins.plugins.baton.agent.management.control.RunningAgent;
import io.jenkins.plugins.baton.agent.management.control.RuntimeDirectory;
import io.jenkins.plugins.baton.agent.plane.kernel.KernelPlane;
import java.io.IOException;
import java.util.Optional;

/** The end of Baton on a host: what an agent leaves behind for its successor is taken away. */
public final class Uninstall {
    private Uninstall() {}

    /**
     * @return whether there was anything
     * @throws StartException while an agent runs here
     * @throws IOException when the kernel refuses
     */
    public static boolean run(RuntimeDirectory runtime) throws StartException, ManagementException, IOException {
        try {
            RunningAgent agent = RunningAgent.find(runtime, Optional.empty());
            agent.connect().close();
            throw new StartException(
                    ExitCode.FAILED, "The agent of node " + agent.node() + " is running here; stop it first", null);
        } catch (RunningAgent.NotRunning e) {
            NativeLibraries.load();
            return KernelPlane.uninstall();
        }
    }
}
