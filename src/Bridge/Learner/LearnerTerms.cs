namespace HilRig.Bridge.Learner;

/// <summary>What both ends must agree on.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="ConfigSha256">SHA-256 of the configuration of the run, lower-case hex.</param>
/// <param name="LogCount">Logs of episodes that are passed on.</param>
public sealed record LearnerTerms(string Task, string ConfigSha256, int LogCount);
