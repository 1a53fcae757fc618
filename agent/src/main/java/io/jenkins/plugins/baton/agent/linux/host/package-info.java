/** This process and its host: capabilities, real-time scheduling, clocks, users, sysctls, systemd. */
package io.jenkins.plugins.baton.agent.linux.host;
