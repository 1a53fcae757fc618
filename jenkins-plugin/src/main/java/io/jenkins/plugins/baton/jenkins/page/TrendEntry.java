package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.jenkins.result.DrillResult;

/**
 * A drill in the file of a job's trend.
 *
 * @param build its number
 * @param at when the build began, in ms since 1970
 * @param step number in the build
 * @param drill number in the step
 */
record TrendEntry(int build, long at, int step, int drill, DrillResult result) {}
