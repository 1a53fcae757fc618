package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.loop.Watched;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Accepts the clients of a frontend for one worker. Belongs to its loop. */
final class Acceptor extends Watched {
    /** How long nothing is accepted when there is no room, and no idle session to make it; clients wait in the kernel's queue meanwhile. */
    private static final long RETRY_INTERVAL_MILLIS = 100;

    private static final int MAX_BATCH = 32;

    /** What Netty writes of an IPv6 address: a length, the address, the scope, the port. */
    private static final int ADDRESS_BYTES = 25;

    private final ProxyPlane plane;
    private final Worker worker;
    private final ProxyFrontend frontend;
    private final Socket socket;
    private final byte[] address = new byte[ADDRESS_BYTES];

    private long lastTurn;
    private int batch = 1;
    private boolean paused;
    private boolean closed;

    /** @param socket a descriptor of its own of the frontend's listening socket */
    Acceptor(ProxyPlane plane, Worker worker, ProxyFrontend frontend, Socket socket) {
        this.plane = plane;
        this.worker = worker;
        this.frontend = frontend;
        this.socket = socket;
    }

    void begin() throws LinuxException {
        worker.loop().watch(this, socket.intValue(), Epoll.IN);
    }

    /**
     * Mostly there is one client, or none when another worker was faster. As long as they come turn after turn, more and more are
     * taken at once.
     */
    @Override
    protected void ready(int events) {
        long turn = worker.loop().turn();
        batch = turn == lastTurn + 1 ? Math.min(2 * batch, MAX_BATCH) : 1;
        lastTurn = turn;
        for (int i = 0; i < batch && !paused; i++) {
            if (!accept()) {
                batch = 1;
                return;
            }
        }
    }

    private boolean accept() {
        try {
            int accepted = socket.accept(address);
            if (accepted < 0) {
                return false;
            }
            makeRoom();
            new Session(worker, frontend, new Socket(accepted), NativeInetAddress.address(address, 1, address[0]))
                    .begin();
            return true;
        } catch (IOException e) {
            // Most likely for want of file descriptors. Trying again at once would only burn the CPU.
            plane.exhaustion().tell("accept a client of frontend " + frontend.name(), e.getMessage());
            pause();
            return false;
        }
    }

    private void makeRoom() {
        if (plane.hasRoom()) {
            return;
        }
        plane.exhaustion()
                .tell(
                        "keep more than " + plane.maxSessions() + " sessions",
                        "file descriptors are few, and those that are idle for the longest time end first");
        if (!worker.makeRoom()) {
            pause(); // this one is a few too many, for which there is a reserve
        }
    }

    private void pause() {
        if (!paused) {
            paused = true;
            worker.loop().forget(this, socket.intValue());
            resumeLater();
        }
    }

    private void resumeLater() {
        worker.loop().schedule(this::resume, RETRY_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void resume() {
        if (closed) {
            return;
        }
        if (plane.hasRoom() || worker.canMakeRoom()) {
            try {
                begin();
                paused = false;
                return;
            } catch (LinuxException e) {
                plane.exhaustion().tell("wait for clients of frontend " + frontend.name(), e.getMessage());
            }
        }
        resumeLater();
    }

    void close() {
        closed = true;
        worker.loop().forget(this, socket.intValue());
        closeSocket();
    }

    /** Any thread, once the loop has ended. */
    void closeSocket() {
        Sockets.close(socket, false);
    }

    @Override
    public String toString() {
        return "accepting for frontend " + frontend.name();
    }
}
