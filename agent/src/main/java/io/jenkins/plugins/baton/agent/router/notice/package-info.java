/** What the election tells others, in order and without ever waiting for them longer than agreed. */
package io.jenkins.plugins.baton.agent.router.notice;
