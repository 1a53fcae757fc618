/** What a deployment changes, on which node, in which order, and what clients notice of it. Decisions on values; nothing here reaches a node. */
package io.jenkins.plugins.baton.fleet.deploy.plan;
