package io.jenkins.plugins.baton.agent.router.notice;

/** Takes what is to be told to others, in order, without making the teller wait. */
public interface Notices {
    void post(Runnable task);
}
