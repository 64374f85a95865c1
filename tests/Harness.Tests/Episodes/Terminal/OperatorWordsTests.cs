using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Terminal;

namespace HilRig.Harness.Tests.Episodes.Terminal;

internal sealed class OperatorWordsTests
{
    [Test]
    public void Every_key_of_the_port_has_one_letter()
    {
        Assert.That(
            OperatorWords.Keys.Select(item => item.Key).Append(OperatorKey.Unknown),
            Is.EquivalentTo(Enum.GetValues<OperatorKey>()));
        Assert.That(OperatorWords.Keys.Select(item => item.Letter), Is.Unique);
        foreach ((char letter, OperatorKey key, string _) in OperatorWords.Keys)
        {
            Assert.That(OperatorWords.Of(letter).Key, Is.EqualTo(key));
            Assert.That(OperatorWords.Of(char.ToUpperInvariant(letter)).Key, Is.EqualTo(key));
        }
    }

    [TestCase("", OperatorKey.Confirm, null)]
    [TestCase(" s ", OperatorKey.Success, null)]
    [TestCase("fix 12 success", OperatorKey.Success, 12)]
    [TestCase("fix 0 f", OperatorKey.Failure, 0)]
    [TestCase("fix 3 DISCARD", OperatorKey.Discard, 3)]
    [TestCase("fix 3", OperatorKey.Unknown, null)]
    [TestCase("fix -1 s", OperatorKey.Unknown, null)]
    [TestCase("fix x s", OperatorKey.Unknown, null)]
    [TestCase("fix 3 great", OperatorKey.Unknown, null)]
    [TestCase("success please", OperatorKey.Unknown, null)]
    [TestCase("z", OperatorKey.Unknown, null)]
    public void A_line_means(string line, OperatorKey key, int? index)
    {
        OperatorEntry entry = OperatorWords.Of(line);
        Assert.That((entry.Key, (int?)entry.EpisodeIndex), Is.EqualTo((key, index)));
    }
}
