package io.jenkins.plugins.baton.fleet.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * Places for commands on one node. Usually that is one connection for all; where the server allows few commands on one
 * ({@code MaxSessions}) there are more, as many as are needed at the same time. Used from any thread.
 */
final class Channels implements AutoCloseable {
    private final String node;
    private final String host;
    private final Access access;
    /** The first is there as long as this is. Guarded by this. */
    private final List<Place> places = new ArrayList<>();
    /** Guarded by this. */
    private boolean closed;

    private static final class Place {
        final Connection connection;
        /** At the moment. */
        int commands;
        /** At which the server has refused another. */
        int limit = Integer.MAX_VALUE;
        /** Whether it has ever had one. */
        volatile boolean served;

        Place(Connection connection) {
            this.connection = connection;
        }
    }

    /** A channel that has to be given back. */
    record Channel(Session session, Runnable giveBack) {}

    private Channels(String node, String host, Access access) {
        this.node = node;
        this.host = host;
        this.access = access;
    }

    static Channels open(String node, String host, Access access) throws SshException {
        Channels channels = new Channels(node, host, access);
        channels.connect();
        return channels;
    }

    boolean isOpen() {
        return first().connection.client().isConnected();
    }

    private synchronized Place first() {
        return places.get(0);
    }

    private Place connect() throws SshException {
        Place place = new Place(Connection.open(node, host, access));
        synchronized (this) {
            if (!closed) {
                places.add(place);
                return place;
            }
        }
        place.connection.close();
        throw new SshException(node, "the connection is closed");
    }

    Channel start() throws SshException, IOException {
        while (true) {
            Place place = take();
            try {
                Session session = place.connection.client().startSession();
                place.served = true;
                return new Channel(session, () -> giveBack(place));
            } catch (OpenFailException e) {
                if (refused(place)) {
                    throw new SshException(
                            node,
                            Trouble.SHUT_OUT,
                            "the SSH server lets user " + access.user() + " in and refuses every command ("
                                    + e.getMessage() + "); is MaxSessions 0 in its sshd_config?",
                            e);
                }
            } catch (IOException e) {
                giveBack(place);
                throw e;
            } catch (IllegalStateException e) {
                // sshj says so by an unchecked exception that the connection has ended, which may be at any moment.
                giveBack(place);
                throw new IOException("it is closed", e);
            }
        }
    }

    private Place take() throws SshException {
        synchronized (this) {
            places.removeIf(place -> place != places.get(0)
                    && place.commands == 0
                    && !place.connection.client().isConnected());
            for (Place place : places) {
                if (place.commands < place.limit) {
                    place.commands++;
                    return place;
                }
            }
        }
        Place another = connect();
        synchronized (this) {
            another.commands++;
        }
        return another;
    }

    /** Whether it refuses even a single one, and always has. */
    private synchronized boolean refused(Place place) {
        place.commands--;
        place.limit = place.commands;
        return place.limit == 0 && !place.served;
    }

    private synchronized void giveBack(Place place) {
        place.commands--;
    }

    @Override
    public void close() {
        List<Place> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(places);
        }
        all.forEach(place -> place.connection.close());
    }
}
