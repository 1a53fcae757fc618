/**
 * Three Debian hosts booted with systemd and sshd as containers, on a LAN of their own: what a deployment meets on
 * bare nodes, without a hypervisor. Needs root, {@code debootstrap}, {@code systemd-nspawn} and {@code openssl}.
 */
package io.jenkins.plugins.baton.lab.systemd;
