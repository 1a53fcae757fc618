/** Links, addresses, neighbours and sockets as the kernel tells them over netlink, and the changes it is asked for. */
package io.jenkins.plugins.baton.agent.linux.netlink;
