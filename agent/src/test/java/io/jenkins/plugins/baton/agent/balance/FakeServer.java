package io.jenkins.plugins.baton.agent.balance;

/** A server whose facts a test sets. */
final class FakeServer implements Server {
    private final String name;
    int weight;
    Standing standing = Standing.READY;
    boolean backup;
    int limit;
    int connections;

    FakeServer(String name, int weight) {
        this.name = name;
        this.weight = weight;
    }

    FakeServer asBackup() {
        backup = true;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public boolean backup() {
        return backup;
    }

    @Override
    public boolean full() {
        return limit > 0 && connections >= limit;
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public String toString() {
        return name;
    }
}
