using System.Text;
using HilRig.Bridge.Learner;

namespace HilRig.Bridge.Tests.Learner;

/// <summary>Logs in memory, and what the tests of both ends share.</summary>
internal sealed class ChannelEnds : ILearnerFeed
{
    private readonly long[] _counts = new long[2];

    public static LearnerTerms Terms { get; } = new("Stack", "c0ffee", 2);

    public static TimeSpan Short { get; } = TimeSpan.FromMilliseconds(20);

    public static LearnerDesk Desk(string endpoint, params long[] counts) => new(new()
    {
        Endpoint = endpoint,
        Terms = Terms,
        RecordCounts = counts.Length == 0 ? [0, 0] : counts,
    });

    public static LearnerPolicy Policy(long sequence, int bytes = 10_000) => new(
        sequence,
        "hybrid",
        1000 * sequence,
        Enumerable.Range(0, bytes).Select(i => (byte)(i * sequence)).ToArray(),
        Encoding.UTF8.GetBytes("{}"));

    public void Publish(int log, long count) => Volatile.Write(ref _counts[log], count);

    public long CountOf(int log) => Volatile.Read(ref _counts[log]);

    public LearnerRecord Read(int log, long number) =>
        new(log, number, (byte)(1 + (number % 2)), Content(log, number));

    public static byte[] Content(int log, long number) =>
        Encoding.UTF8.GetBytes($"log {log} record {number}");

    /// <summary>Takes records until there are so many, and says that they are kept.</summary>
    public static List<string> Take(
        LearnerDesk desk, int count, CancellationToken cancel, long[]? kept = null)
    {
        kept ??= [0, 0];
        var taken = new List<string>();
        while (taken.Count < count)
        {
            cancel.ThrowIfCancellationRequested();
            if (desk.TryTake(Short, out LearnerRecord record))
            {
                taken.Add(Encoding.UTF8.GetString(record.Payload.Span));
                desk.Acknowledge(record.Log, ++kept[record.Log]);
            }
        }

        return taken;
    }
}
