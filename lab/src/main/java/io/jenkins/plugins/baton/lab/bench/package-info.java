/** Baton beside keepalived and haproxy, measured in the same rounds on the same machine: {@code make bench}. */
package io.jenkins.plugins.baton.lab.bench;
