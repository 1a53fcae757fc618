/**
 * A thread that waits for descriptors, times and tasks of other threads, and calls those who are concerned. Knows nothing of
 * what they are.
 */
package io.jenkins.plugins.baton.agent.linux.loop;
