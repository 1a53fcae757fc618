/** What a client sees: new connections every few milliseconds, long-lived ones, and the outage that follows from them. */
package io.jenkins.plugins.baton.probe;
