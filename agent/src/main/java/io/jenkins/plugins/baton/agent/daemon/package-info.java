/** Puts the components together: starts them in order, reloads them, ends them, and undoes everything when one fails. */
package io.jenkins.plugins.baton.agent.daemon;
