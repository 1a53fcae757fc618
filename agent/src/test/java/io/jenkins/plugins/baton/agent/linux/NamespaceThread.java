package io.jenkins.plugins.baton.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Command;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A thread that lives in a network namespace, and everything it calls with it: a namespace belongs to a thread, and a
 * child process inherits that of the thread that starts it. A namespace made here has no name; it vanishes with the
 * thread and the sockets that were opened in it, even when this JVM is killed.
 */
public final class NamespaceThread implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int O_RDONLY = 0;
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    static {
        Native.register(NamespaceThread.class, NativeLibrary.getProcess());
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final int id;

    private static native int unshare(int flags);

    private static native int setns(int descriptor, int type);

    private static native int open(String path, int flags);

    private static native int gettid();

    /** In a new namespace, with a loopback interface that is up and nothing else. */
    public NamespaceThread() {
        this(() -> {
            if (unshare(CLONE_NEWNET) != 0) {
                throw LinuxException.last("make a network namespace (the tests need root)");
            }
        });
        ip("link set lo up");
    }

    private NamespaceThread(Task entry) {
        id = call(() -> {
            entry.run();
            return gettid();
        });
    }

    /** In the namespace that `ip netns` knows by this name. */
    public static NamespaceThread in(String name) {
        return new NamespaceThread(() -> {
            int descriptor = open("/run/netns/" + name, O_RDONLY);
            if (setns(descriptor, CLONE_NEWNET) != 0) {
                throw LinuxException.last("enter the network namespace " + name);
            }
            Libc.close(descriptor);
        });
    }

    /** Connects two namespaces by a cable: an interface eth0 in each that runs, without duplicate address detection. */
    public static void connect(NamespaceThread one, NamespaceThread other) {
        connect(one, "eth0", other);
    }

    /** The same with another name for the interface of the one; it is eth0 in the other. */
    public static void connect(NamespaceThread one, String name, NamespaceThread other) {
        one.ip("link add " + name + " type veth peer name eth0 netns " + other.id);
        one.up(name);
        other.up("eth0");
        one.awaitRunning(name);
        other.awaitRunning("eth0");
    }

    /** The kernel notes the carrier on a thread of its own. */
    private void awaitRunning(String name) {
        Await.until(name + " runs", AWAIT_TIMEOUT, () -> link(name).isRunning());
    }

    private void up(String name) {
        run(() -> Sysctl.of("net", "ipv6", "conf", name, "accept_dad").write("0"));
        ip("link set " + name + " up");
    }

    /** Runs in the namespace; what it throws is thrown here. */
    public <T> T call(Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (ExecutionException e) {
            throw sneaky(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public interface Task {
        void run() throws Exception;
    }

    public void run(Task task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    /** An `ip` command line; returns what it prints. */
    public String ip(String arguments) {
        return call(() -> Command.run(("ip " + arguments).split(" ")).orThrow().output());
    }

    /** The link of this name as the kernel has it now. */
    public Link link(String name) {
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
