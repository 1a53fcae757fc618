package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.linux.libc.Descriptors;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.loop.EventLoop;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.PortTakenException;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The listening socket of a frontend. Every worker waits for clients on a descriptor of its own of the one socket, and
 * keeps those it accepts: no client is handed from thread to thread. (Sockets of their own with {@code SO_REUSEPORT}
 * would do that too, but would let a second agent, or a stranger, share the port unnoticed.)
 */
final class Listener {
    private final Endpoint bind;
    private final List<Accepting> accepting = new ArrayList<>();

    private record Accepting(EventLoop loop, Acceptor acceptor) {}

    private Listener(Endpoint bind) {
        this.bind = bind;
    }

    /** Waits for the result: not for an event loop. */
    static Listener open(ProxyPlane plane, ProxyFrontend frontend, Endpoint bind) throws PlaneException {
        Listener listener = new Listener(bind);
        try {
            for (Worker worker : plane.workers()) {
                worker.loop().begin(); // what can fail for want of descriptors does before there is a socket
            }
            Socket first = Sockets.listening(bind.toSocketAddress());
            Socket next = first;
            for (Worker worker : plane.workers()) {
                Socket socket = next != null ? next : new Socket(Descriptors.duplicate(first.intValue()));
                next = null;
                Acceptor acceptor = new Acceptor(plane, worker, frontend, socket);
                listener.accepting.add(new Accepting(worker.loop(), acceptor));
                worker.loop().call(acceptor::begin);
            }
            return listener;
        } catch (IOException | ChannelException e) {
            listener.close();
            throw cannotListen(frontend, bind, e);
        } catch (RuntimeException | Error e) {
            listener.close();
            throw e;
        }
    }

    private static PlaneException cannotListen(ProxyFrontend frontend, Endpoint bind, Throwable cause) {
        String what = String.valueOf(cause.getMessage());
        String sentence = "frontend " + frontend.name() + " cannot listen on " + bind + ": " + what;
        if (what.contains("Address already in use")) {
            return new PortTakenException(
                    sentence + "; find who has it with: ss -ltnp 'sport = :" + bind.port() + "'", cause);
        }
        boolean denied = what.contains("Permission denied");
        return new PlaneException(sentence + (denied ? "; ports below 1024 need CAP_NET_BIND_SERVICE" : ""), cause);
    }

    Endpoint bind() {
        return bind;
    }

    /** Accepts no more. Waits until the port is free: not for an event loop. */
    void close() {
        for (Accepting one : accepting) {
            try {
                one.loop().call(one.acceptor()::close);
            } catch (LinuxException e) {
                one.acceptor().closeSocket(); // its loop has ended: nobody else has it
            }
        }
    }
}
