/** The addresses of this machine, and the virtual ones: their lease, and their defence against others' claims. */
package io.jenkins.plugins.baton.agent.router.address;
