package io.jenkins.plugins.baton.lab.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A client in its own JVM that opens connections and says nothing: {@code ADDRESS PORT COUNT}. It says "open" when all
 * are, and ends with its standard input.
 */
public final class IdleConnections {
    private IdleConnections() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress target = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        List<SocketChannel> open = new ArrayList<>(count);
        while (open.size() < count) {
            open.add(SocketChannel.open(target));
        }
        System.out.println("open");
        System.in.read();
        System.exit(0);
    }
}
