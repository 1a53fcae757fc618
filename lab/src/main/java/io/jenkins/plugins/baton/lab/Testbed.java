package io.jenkins.plugins.baton.lab;

/** Hosts with what runs on them; closing it removes every trace. */
public interface Testbed extends AutoCloseable {

    /** What every program on it wrote, for a case that has to be explained. */
    String logs();

    @Override
    void close();
}
