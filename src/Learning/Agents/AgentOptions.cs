using HilRig.Core.Errors;
using HilRig.Learning.Networks;

namespace HilRig.Learning.Agents;

/// <summary>
/// Everything that an agent of any algorithm is made of. The defaults are the preset `cpu` of
/// IBRL; <see cref="AgentPresets"/> makes the others.
/// </summary>
internal sealed record AgentOptions
{
    /// <summary>How it learns.</summary>
    public required LearningAlgorithm Algorithm { get; init; }

    /// <summary>States that are stacked into an observation, newest first, zeros before the first.
    /// </summary>
    public int History { get; init; } = 1;

    /// <summary>Units of each hidden layer of actor and critics.</summary>
    public int HiddenCount { get; init; } = 128;

    /// <summary>Hidden layers of actor and critics.</summary>
    public int HiddenLayerCount { get; init; } = 2;

    /// <summary>Critics of the ensemble.</summary>
    public int CriticCount { get; init; } = 5;

    /// <summary>Critics of a random subset, the smallest of which counts.</summary>
    public int SubsetCount { get; init; } = 2;

    /// <summary>
    /// One bias a layer and critic, one gain and shift of the normalisation for all critics.
    /// </summary>
    public bool QuirksOfReference { get; init; }

    /// <summary>
    /// Critics by batched products and torch's own derivative, as on a graphics card, instead of
    /// one after the other by our own.
    /// </summary>
    public bool BatchedCritics { get; init; }

    /// <summary>Dropout of the actor, 0 to below 1.</summary>
    public double ActorDropout { get; init; }

    /// <summary>Adam's step of actor and critics.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Rows of a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>γ, discount of one step.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>n, rewards that are summed before the value is asked.</summary>
    public int ReturnSteps { get; init; } = 3;

    /// <summary>τ of the soft update of the targets.</summary>
    public double TargetRate { get; init; } = 0.01;

    /// <summary>Standard deviation of the noise on the actor.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>Largest noise in targets and in the actor's loss.</summary>
    public double NoiseLimit { get; init; } = 0.3;

    /// <summary>How one of two proposals is chosen.</summary>
    public SelectionRule Rule { get; init; } = SelectionRule.Soft;

    /// <summary>β of the soft rule before any update.</summary>
    public double SoftnessFirst { get; init; } = 10;

    /// <summary>
    /// β of the soft rule from <see cref="SoftnessUpdates"/> on; between them geometric.
    /// </summary>
    public double SoftnessLast { get; init; } = 10;

    /// <summary>Critic updates over which β goes from first to last.</summary>
    public int SoftnessUpdates { get; init; }

    /// <summary>Value by which the actor must be better than the imitation policy.</summary>
    public double SelectionMargin { get; init; }

    /// <summary>The same before any update; between them linear.</summary>
    public double SelectionMarginFirst { get; init; }

    /// <summary>
    /// Critic updates over which the margin goes from first to last; 0: the last at once.
    /// </summary>
    public int SelectionMarginUpdates { get; init; }

    /// <summary>
    /// Share of the imitation's success in the warm-up that training must reach before the greedy
    /// policy, which is scored and kept, takes the actor's proposals; 0: at once. Less than 1,
    /// because exploring costs success that greedy action does not lose.
    /// </summary>
    public double TrustShare { get; init; }

    /// <summary>Whether the imitation policy proposes while acting.</summary>
    public bool ActorProposal { get; init; }

    /// <summary>Whether the imitation policy proposes in the critics' target.</summary>
    public bool BootstrapProposal { get; init; }

    /// <summary>Whether targets are held in [0, 1], where returns of a 0/1 reward are.</summary>
    public bool ClipTargets { get; init; } = true;

    /// <summary>Whether a time-out ends like a terminal state: no value after it.</summary>
    public bool TimeOutIsTerminal { get; init; }

    /// <summary>Magnitude of values at which learning is stopped as diverged.</summary>
    public double DivergenceLimit { get; init; } = 10;

    /// <summary>Critic updates a step of the environment.</summary>
    public double CriticUpdatesPerStep { get; init; } = 2;

    /// <summary>Critic updates between two of the actor.</summary>
    public int CriticUpdatesPerActorUpdate { get; init; } = 2;

    /// <summary>Episodes in the replay, demonstrations left out, before learning.</summary>
    public int WarmUpEpisodes { get; init; } = 20;

    /// <summary>Updates of critics and actor between warm-up and the first step.</summary>
    public int PretrainingUpdates { get; init; }

    /// <summary>Share of each batch that is demonstrations; 0: uniform over everything.</summary>
    public double DemonstrationShare { get; init; }

    /// <summary>Hidden units of the imitation policy.</summary>
    public int ImitationHiddenCount { get; init; } = 128;

    /// <summary>Hidden layers of the imitation policy.</summary>
    public int ImitationHiddenLayerCount { get; init; } = 3;

    /// <summary>Dropout of the imitation policy while it learns.</summary>
    public double ImitationDropout { get; init; } = 0.5;

    /// <summary>Adam's step of the imitation policy.</summary>
    public double ImitationLearningRate { get; init; } = 3e-4;

    /// <summary>Updates of the imitation policy.</summary>
    public int ImitationUpdates { get; init; } = 3000;

    /// <summary>Largest length of the imitation's gradient.</summary>
    public double ImitationGradientMax { get; init; } = 100;

    /// <summary>Updates that pretrain the actor by imitation (RFT).</summary>
    public int ActorPretrainingUpdates { get; init; }

    /// <summary>Weight of the imitation loss in the actor's (RFT).</summary>
    public double CloningWeight { get; init; }

    /// <summary>
    /// Whether that weight is multiplied by the share of demonstrations at which the pretrained
    /// actor is better (RFT).
    /// </summary>
    public bool CloningFilter { get; init; }

    /// <summary>Whether the algorithm needs an imitation policy.</summary>
    public bool UsesImitation =>
        Algorithm == LearningAlgorithm.Bc || ActorProposal || BootstrapProposal;

    /// <summary>Whether the algorithm has actor and critics.</summary>
    public bool UsesReinforcement => Algorithm != LearningAlgorithm.Bc;

    /// <summary>Who fills the replay before learning.</summary>
    public ActMode WarmUpMode => Algorithm switch
    {
        LearningAlgorithm.Bc or LearningAlgorithm.Ibrl => ActMode.Imitation,
        LearningAlgorithm.Td3 or LearningAlgorithm.Rlpd => ActMode.Uniform,
        LearningAlgorithm.Rft => ActMode.Actor,
    };

    /// <summary>Checks every number.</summary>
    /// <exception cref="ScenarioException">At least one is out of range; all are named.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(History >= 1, "history is at least 1");
        Check(HiddenCount >= 1 && HiddenLayerCount >= 1, "hidden units and layers at least 1");
        Check(
            HiddenCount % LayerNormRelu.Width == 0
                && ImitationHiddenCount % LayerNormRelu.Width == 0,
            $"hidden units a multiple of {LayerNormRelu.Width}");
        Check(CriticCount is >= 1 and <= 64, "critics 1 to 64");
        Check(SubsetCount >= 1 && SubsetCount <= CriticCount, "subset 1 to the critics");
        Check(ActorDropout is >= 0 and < 1, "actor dropout 0 to below 1");
        Check(ImitationDropout is >= 0 and < 1, "imitation dropout 0 to below 1");
        Check(LearningRate > 0 && ImitationLearningRate > 0, "learning rates above 0");
        Check(BatchSize >= 1, "batch size at least 1");
        Check(Discount is > 0 and <= 1, "discount above 0, at most 1");
        Check(ReturnSteps >= 1, "steps of the return at least 1");
        Check(TargetRate is > 0 and <= 1, "target rate above 0, at most 1");
        Check(Noise >= 0 && NoiseLimit > 0, "noise at least 0, its limit above");
        Check(SoftnessFirst > 0 && SoftnessLast > 0, "softness above 0");
        Check(TrustShare is >= 0 and <= 1, "share of trust 0 to 1");
        Check(CriticUpdatesPerStep > 0, "critic updates a step above 0");
        Check(CriticUpdatesPerActorUpdate >= 1, "critic updates between actor's at least 1");
        Check(DemonstrationShare is >= 0 and <= 1, "share of demonstrations 0 to 1");
        Check(DivergenceLimit > 1, "limit of divergence above 1");
        if (faults.Count > 0)
        {
            throw new ScenarioException(
                "The options of the agent are out of range",
                expected: string.Join("; ", faults));
        }

        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                faults.Add(rule);
            }
        }
    }
}
