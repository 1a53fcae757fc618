/**
 * The nftables rules of direct return as text: a function of the cluster as this node sees it. Pure; nothing is loaded
 * here.
 */
package io.jenkins.plugins.baton.agent.plane.kernel.rules;
