/** nftables by libnftables, and what netfilter tells over netlink: tables, generations, tracked connections. */
package io.jenkins.plugins.baton.agent.linux.netfilter;
