package io.jenkins.plugins.baton.agent.balance;

import java.net.InetAddress;
import java.util.List;

/**
 * The same client address gets the same server while the servers stay the same; when one goes, only its own clients
 * move, and when it returns they return. Weighted rendezvous hashing (Thaler and Ravishankar 1998; weights by Schindelhauer
 * and Schomaker 2005): every server draws a number from client and name, and the highest wins.
 */
public final class SourceHash<S extends Server> extends Balancer<S> {

    public SourceHash(List<S> servers) {
        super(servers);
    }

    @Override
    S pick(List<S> eligible, InetAddress client) {
        long clientHash = hash(client.getAddress());
        S winner = null;
        double highest = 0;
        for (int i = 0; i < eligible.size(); i++) {
            S server = eligible.get(i);
            double score = server.weight() / -Math.log(draw(clientHash, server.name()));
            if (winner == null || score > highest) {
                winner = server;
                highest = score;
            }
        }
        return winner;
    }

    /** A number between 0 and 1, both excluded, evenly spread. */
    private static double draw(long clientHash, String serverName) {
        long hash = mix(clientHash ^ mix(hash(serverName)));
        return ((hash >>> 11) + 0.5) / (1L << 53);
    }

    private static long hash(byte[] bytes) {
        long hash = bytes.length;
        for (byte b : bytes) {
            hash = mix(hash ^ (b & 0xff));
        }
        return hash;
    }

    private static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash ^ text.charAt(i));
        }
        return hash;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input moves half of the output's. */
    private static long mix(long z) {
        long x = z + 0x9e3779b97f4a7c15L;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
