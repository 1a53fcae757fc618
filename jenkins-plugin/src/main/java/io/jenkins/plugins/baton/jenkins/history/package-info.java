/**
 * The last that builds found out about each cluster: a small index on disk, so that no page and no step has to look through
 * builds.
 */
package io.jenkins.plugins.baton.jenkins.history;
