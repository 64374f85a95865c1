using HilRig.Core.Errors;

namespace HilRig.Tasks.Policies;

/// <summary>What must hold of a manifest by itself.</summary>
internal static class ManifestRules
{
    private const int HistoryMax = 64;

    public static void Require(TaskPolicyManifest manifest, string where)
    {
        var faults = new List<string>();
        if (manifest.Observation.Count == 0 || manifest.Action.Count == 0)
        {
            faults.Add("it observes or does nothing");
        }

        Add(faults, manifest.History is < 1 or > HistoryMax, $"history {manifest.History}");
        Add(
            faults,
            !(manifest.PeriodSeconds > 0) || !double.IsFinite(manifest.PeriodSeconds),
            FormattableString.Invariant($"a period of {manifest.PeriodSeconds} s"));
        Add(faults, !double.IsFinite(manifest.SelectionMargin), "a margin that is no number");
        foreach (TaskChannel channel in manifest.Observation.Concat(manifest.Action))
        {
            Add(
                faults,
                !double.IsFinite(channel.Offset) || !(channel.Scale > 0)
                    || !double.IsFinite(channel.Scale),
                FormattableString.Invariant(
                    $"{channel.Name} has offset {channel.Offset}, scale {channel.Scale}"));
        }

        bool hasCritics = manifest.Proposals != PolicyProposals.ImitationOnly;
        Add(
            faults,
            hasCritics != manifest.CriticCount > 0 || hasCritics != manifest.ValueRange is not null,
            $"{manifest.Proposals} with {manifest.CriticCount} critics");
        Add(
            faults,
            manifest.ValueRange is { } range && !(range.Lowest < range.Highest),
            "a value range without extent");
        Add(faults, !Unique(manifest.Observation), "an observation named twice");
        Add(faults, !Unique(manifest.Action), "an action named twice");
        if (faults.Count > 0)
        {
            throw new ScenarioException(
                "The policy manifest contradicts itself", where, found: string.Join("; ", faults));
        }
    }

    private static bool Unique(IReadOnlyList<TaskChannel> channels) =>
        channels.Select(channel => channel.Name).Distinct(StringComparer.Ordinal).Count()
            == channels.Count;

    private static void Add(List<string> faults, bool isFault, string sentence)
    {
        if (isFault)
        {
            faults.Add(sentence);
        }
    }
}
