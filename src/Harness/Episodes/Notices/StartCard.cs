using System.Globalization;
using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.Notices;

/// <summary>The start of the next episode: what the operator sets up.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
public sealed record StartCard(long InstantNanoseconds) : SessionNotice(InstantNanoseconds)
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>What the episode is for.</summary>
    public required EpisodePurpose Purpose { get; init; }

    /// <summary>What acts.</summary>
    public required string PolicyName { get; init; }

    /// <summary>Index in the start list.</summary>
    public required long StartIndex { get; init; }

    /// <summary>Whether this start is done again.</summary>
    public required bool IsRepeat { get; init; }

    /// <summary>The start, number by number.</summary>
    public required IReadOnlyList<CardItem> Items { get; init; }

    /// <summary>Where the objects go, rad or m, in the task's order. Shape [object].</summary>
    public required IReadOnlyList<double> Objects { get; init; }

    /// <inheritdoc/>
    public override string Kind => "card";

    /// <inheritdoc/>
    public override string Text
    {
        get
        {
            string items = string.Join(", ", Items.Select(item => string.Create(
                CultureInfo.InvariantCulture, $"{item.Name} {item.Value:0.####} {item.Unit}")));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Task} {Purpose} start {StartIndex}{(IsRepeat ? " again" : "")}: {items}");
        }
    }
}
