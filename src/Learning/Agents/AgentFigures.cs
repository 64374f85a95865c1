namespace HilRig.Learning.Agents;

/// <summary>Figures of the last updates, for logs and health.</summary>
/// <param name="CriticLoss">Mean over rows of the sum over critics of the squared error.</param>
/// <param name="ActorLoss">Minus the mean of the smallest value of all critics, and of RFT more.
/// </param>
/// <param name="ImitationLoss">Mean over rows of the squared distance.</param>
/// <param name="ValueMean">Mean of the critics' values of the last batch.</param>
/// <param name="ValueMagnitudeMax">Largest magnitude of these.</param>
/// <param name="TargetMean">Mean of the last targets.</param>
/// <param name="ReinforcementShare">Share of rows whose target took the actor's proposal.</param>
/// <param name="ProposalGap">Mean over rows of value of the actor's less the imitation's.</param>
/// <param name="CloningShare">Share of demonstrations that RFT's filter lets through.</param>
internal readonly record struct AgentFigures(
    float CriticLoss,
    float ActorLoss,
    float ImitationLoss,
    float ValueMean,
    float ValueMagnitudeMax,
    float TargetMean,
    float ReinforcementShare,
    float ProposalGap,
    float CloningShare);
