package io.jenkins.plugins.baton.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.jenkins.plugins.baton.lab.Command;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A thread that lives in a network namespace of its own, and everything it calls with it: a namespace belongs to a
 * thread, and a child process inherits that of the thread that starts it. The namespace has no name; it vanishes with
 * the thread and the sockets that were opened in it, even when this JVM is killed.
 */
final class NamespaceThread implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;

    static {
        Native.register(NamespaceThread.class, NativeLibrary.getProcess());
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final int id;

    private static native int unshare(int flags);

    private static native int gettid();

    NamespaceThread() {
        id = call(() -> {
            if (unshare(CLONE_NEWNET) != 0) {
                throw LinuxException.last("make a network namespace (the tests need root)");
            }
            return gettid();
        });
        ip("link set lo up");
    }

    /** Connects two namespaces by a cable: an interface eth0 in each, up, without duplicate address detection. */
    static void connect(NamespaceThread one, NamespaceThread other) {
        one.ip("link add eth0 type veth peer name eth0 netns " + other.id);
        for (NamespaceThread end : new NamespaceThread[] {one, other}) {
            end.run(() -> Sysctl.of("net", "ipv6", "conf", "eth0", "accept_dad").write("0"));
            end.ip("link set eth0 up");
        }
    }

    /** Runs in the namespace; what it throws is thrown here. */
    <T> T call(Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (ExecutionException e) {
            throw sneaky(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    interface Task {
        void run() throws Exception;
    }

    void run(Task task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    /** An `ip` command line; returns what it prints. */
    String ip(String arguments) {
        return call(() -> Command.run(("ip " + arguments).split(" ")).orThrow().output());
    }

    /** The link of this name as the kernel has it now. */
    Link link(String name) {
        return call(() -> {
            try (Rtnetlink rtnetlink = Rtnetlink.open()) {
                return rtnetlink.link(name).orElseThrow();
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
        throw (E) e;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
