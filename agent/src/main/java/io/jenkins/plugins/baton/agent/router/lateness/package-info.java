/** How the real-time thread is made to wake in time, and how late it wakes. */
package io.jenkins.plugins.baton.agent.router.lateness;
