package io.jenkins.plugins.baton.cluster;

import java.util.OptionalInt;

/**
 * A named health check of this node, for virtual routers to track.
 *
 * @param name unique among checks
 * @param probe what is asked; its target is never empty here
 * @param timing when, and how many answers change the verdict
 * @param weight -253..253 without 0: a negative one is added to the priority while the check fails, a positive one
 *     while it succeeds; empty means that a failing check puts the router in FAULT
 */
public record Check(String name, Probe probe, Timing timing, OptionalInt weight) {}
