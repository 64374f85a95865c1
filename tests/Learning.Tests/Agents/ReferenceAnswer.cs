namespace HilRig.Learning.Tests.Agents;

/// <summary>What the script says of one update.</summary>
internal sealed record ReferenceAnswer(double Loss, double[] Gradient);
