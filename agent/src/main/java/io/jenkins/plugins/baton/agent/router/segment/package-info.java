/** The segments that virtual routers are on: their sockets, the interfaces that these follow, and the other nodes' hosts. */
package io.jenkins.plugins.baton.agent.router.segment;
