/** Which data plane serves which frontend, and all of them as one. */
package io.jenkins.plugins.baton.agent.plane.choice;
