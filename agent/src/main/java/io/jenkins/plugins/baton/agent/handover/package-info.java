/** What a node does so that a connection outlives the move of its virtual address to another node. */
package io.jenkins.plugins.baton.agent.handover;
