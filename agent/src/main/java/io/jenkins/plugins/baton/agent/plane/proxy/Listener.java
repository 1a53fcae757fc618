package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.linux.libc.Descriptors;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.agent.plane.PortTakenException;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The listening socket of a frontend. Every worker waits for clients on a descriptor of its own of the one socket, and
 * keeps those it accepts: no client is handed from thread to thread. (Sockets of their own with {@code SO_REUSEPORT}
 * would do that too, but would let a second agent, or a stranger, share the port unnoticed.)
 */
final class Listener {
    private final Endpoint bind;
    private final List<EpollServerSocketChannel> channels = new ArrayList<>();

    private Listener(Endpoint bind) {
        this.bind = bind;
    }

    /** Waits for the result: not for an event loop. */
    static Listener open(ProxyPlane plane, ProxyFrontend frontend, Endpoint bind) throws PlaneException {
        Listener listener = new Listener(bind);
        try {
            EpollServerSocketChannel first = null;
            for (Worker worker : plane.workers()) {
                EpollServerSocketChannel channel = first == null
                        ? Sockets.listening(bind.address())
                        : new EpollServerSocketChannel(
                                Descriptors.duplicate(first.fd().intValue()));
                listener.channels.add(channel);
                channel.pipeline().addLast(new Acceptor(plane, worker, frontend, channel));
                worker.loop().register(channel).syncUninterruptibly();
                if (first == null) {
                    first = channel;
                    listener.bind(first);
                }
            }
            return listener;
        } catch (LinuxException | ChannelException e) {
            listener.close();
            throw cannotListen(frontend, bind, e);
        } catch (BindFailedException e) {
            listener.close();
            throw cannotListen(frontend, bind, e.getCause());
        }
    }

    private void bind(EpollServerSocketChannel channel) throws BindFailedException {
        ChannelFuture bound = channel.bind(bind.toSocketAddress()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new BindFailedException(bound.cause());
        }
    }

    private static final class BindFailedException extends Exception {
        private static final long serialVersionUID = 1;

        BindFailedException(Throwable cause) {
            super(cause);
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
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
    }
}
