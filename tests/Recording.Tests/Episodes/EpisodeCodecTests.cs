using CsCheck;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Recording.Episodes;

namespace HilRig.Recording.Tests.Episodes;

public sealed class EpisodeCodecTests
{
    [Test]
    public void What_is_encoded_is_decoded() => Episodes.Any.Sample(
        episode =>
        {
            byte[] bytes = EpisodeCodec.Encode(episode);
            Episode back = EpisodeCodec.Decode(bytes, "test");
            Assert.Multiple(() =>
            {
                Assert.That(EpisodeCodec.Encode(back), Is.EqualTo(bytes));
                Assert.That(back.Observations, Is.EqualTo(episode.Observations));
                Assert.That(back.Actions, Is.EqualTo(episode.Actions));
                Assert.That(back.ImitationValues, Is.EqualTo(episode.ImitationValues));
                Assert.That(back.ReinforcementValues, Is.EqualTo(episode.ReinforcementValues));
                Assert.That(back.Proposers, Is.EqualTo(episode.Proposers));
                Assert.That(back.Flags, Is.EqualTo(episode.Flags));
                Assert.That(Scalars(back), Is.EqualTo(Scalars(episode)));
            });
        },
        iter: 300);

    [Test]
    public void Random_and_cut_bytes_are_refused_by_name() => Gen.Select(
        Episodes.Any, Gen.Int[0, 400], Gen.Byte.Array[0, 300]).Sample(
        (episode, cut, noise) =>
        {
            byte[] whole = EpisodeCodec.Encode(episode);
            byte[] shorter = whole[..Math.Min(cut, whole.Length - 1)];
            Assert.That(() => EpisodeCodec.Decode(shorter, "a"), Throws.InstanceOf<RigException>());
            Assert.That(() => EpisodeCodec.Decode(noise, "a"), Throws.InstanceOf<RigException>());
        },
        iter: 300);

    [Test]
    public void Changed_bytes_give_an_episode_or_a_named_error() => Gen.Select(
        Episodes.Any, Gen.Int, Gen.Byte).Sample(
        (episode, place, value) =>
        {
            byte[] bytes = EpisodeCodec.Encode(episode);
            bytes[(int)((uint)place % bytes.Length)] = value;
            try
            {
                Assert.That(EpisodeCodec.Decode(bytes, "a").StepCount, Is.Positive);
            }
            catch (RigException error)
            {
                Assert.That(error.Message, Is.Not.Empty);
            }
        },
        iter: 2000);

    [Test]
    public void An_unnormalised_action_is_refused()
    {
        Episode episode = Episodes.Number(0) with { Actions = [0, 0, 1.5f, 0] };
        Assert.That(
            () => EpisodeCodec.Encode(episode),
            Throws.TypeOf<RecordingException>().With.Message.Contains("not normalised"));
    }

    private static object Scalars(Episode episode) => (
        (episode.Task, episode.Purpose, episode.StartIndex, episode.StartSeed, episode.End),
        (episode.Verdict, episode.VerdictSource, episode.PolicySha256, episode.Operator),
        (episode.Reset, episode.BeganNanoseconds, episode.BeganUtc));
}
