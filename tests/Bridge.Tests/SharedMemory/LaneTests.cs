using System.Diagnostics;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Tests.SharedMemory;

[CancelAfter(60_000)]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[Platform("Linux")]
public sealed unsafe class LaneTests
{
    private AgentBridge _bridge = null!;
    private LanePage _page = null!;

    [SetUp]
    public void Open()
    {
        _bridge = AgentBridge.Open(Rigs.Agent());
        _page = LanePage.Open(PathOf(_bridge));
    }

    [TearDown]
    public void Close()
    {
        _page.Dispose();
        _bridge.Dispose();
    }

    [Test]
    public void The_file_is_its_users_alone_and_goes_with_the_agent()
    {
        string path = PathOf(_bridge);
        Assert.That(
            File.GetUnixFileMode(path),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        _bridge.Dispose();
        Assert.That(File.Exists(path), Is.False);
        var error = Assert.Throws<ProtocolException>(
            () => RemotePlant.Connect(Rigs.Host("shm:" + path)));
        Assert.That(error!.Message, Does.Contain("no agent answered").And.Contain(path));
    }

    [Test]
    public void Another_layout_another_file_and_a_dead_agents_file_are_refused_in_words()
    {
        string copy = Path.GetTempFileName();
        foreach ((int Word, long Value, string Words) fault in new[]
        {
            (HeaderWord.Magic, 7L, "another kind of file"),
            (HeaderWord.Version, 99L, "version 99"),
            (HeaderWord.Hash, 99L, "another layout"),
            (HeaderWord.DofCount, 65L, "another kind of file"),
            (HeaderWord.AgentProcess, int.MaxValue, "has ended"),
        })
        {
            byte[] bytes = File.ReadAllBytes(PathOf(_bridge));
            BitConverter.TryWriteBytes(bytes.AsSpan(fault.Word * sizeof(long)), fault.Value);
            File.WriteAllBytes(copy, bytes);
            var error = Assert.Throws<ProtocolException>(() => LanePage.Open(copy));
            Assert.That(error!.Message, Does.Contain(fault.Words));
        }

        File.Delete(copy);
    }

    [Test]
    public void A_command_whose_writer_died_in_the_middle_is_never_taken(CancellationToken cancel)
    {
        using var plant = RemotePlant.Connect(Rigs.Host(_bridge.Endpoint));
        int seat = SeatOf(plant);
        long* slot = _page.At(_page.Layout.CommandOffset(seat));
        var command = new JointCommand(3);
        PeerWrite(seat, plant.Key, 1);
        Assert.That(_bridge.TryTakeCommand(command, out _), Is.True);
        slot[CommandWord.SequenceLock]++;
        slot[CommandWord.Sequence] = 2;
        Assert.That(_bridge.TryTakeCommand(command, out _), Is.False, "half written");
        PeerWrite(seat, plant.Key, 3);
        Assert.That(_bridge.TryTakeCommand(command, out _), Is.True, "the next writer goes on");
        Assert.That(command.Sequence, Is.EqualTo(3));
    }

    [Test]
    public void A_command_that_somebody_overwrote_is_counted_and_not_taken()
    {
        using var plant = RemotePlant.Connect(Rigs.Host(_bridge.Endpoint));
        int seat = SeatOf(plant);
        long* slot = _page.At(_page.Layout.CommandOffset(seat));
        for (int word = CommandWord.Check; word < _page.Layout.CommandWordCount; word++)
        {
            PeerWrite(seat, plant.Key, word);
            slot[word] ^= 1L << word;
            Assert.That(_bridge.TryTakeCommand(new JointCommand(3), out _), Is.False, $"{word}");
        }

        PeerWrite(seat, plant.Key, 1000);
        _bridge.Wait(0);
        Assert.That(_bridge.TryTakeCommand(new JointCommand(3), out _), Is.True);
    }

    [Test]
    public void A_peer_that_finds_nonsense_in_its_slot_is_heard_from_its_first_command()
    {
        using var plant = RemotePlant.Connect(Rigs.Host(_bridge.Endpoint));
        int seat = SeatOf(plant);
        PeerWrite(seat, plant.Key, 1);
        _bridge.Wait(0);
        Assert.That(_bridge.TryTakeCommand(new JointCommand(3), out _), Is.True);
        long* slot = _page.At(_page.Layout.CommandOffset(seat));
        Volatile.Write(ref slot[CommandWord.SequenceLock], -7);
        PeerWrite(seat, plant.Key, 2);
        _bridge.Wait(0);
        Assert.That(_bridge.TryTakeCommand(new JointCommand(3), out _), Is.True);
    }

    [Test]
    public void The_seat_of_a_killed_process_is_freed_and_of_a_stopped_one_is_not(
        CancellationToken cancel)
    {
        using Process peer = Process.Start("sleep", "60");
        long* seat = _page.At(_page.Layout.SeatOffset(7));
        Volatile.Write(ref seat[SeatWord.Holder], peer.Id);
        using (RemotePlant.Connect(Rigs.Host(_bridge.Endpoint)))
        {
            Assert.That(Volatile.Read(ref seat[SeatWord.Holder]), Is.EqualTo(peer.Id));
        }

        peer.Kill();
        Eventually.Holds(() => Volatile.Read(ref seat[SeatWord.Holder]) == 0, cancel);
    }

    [Test]
    public void When_every_seat_is_taken_a_peer_is_refused_in_words()
    {
        var seats = new List<PeerSeat>();
        while (PeerSeat.TryTake(_page) is { } seat)
        {
            seats.Add(seat);
        }

        Assert.That(seats, Has.Count.EqualTo(LaneLayout.SeatCount));
        var error = Assert.Throws<ProtocolException>(
            () => RemotePlant.Connect(Rigs.Host(_bridge.Endpoint)));
        Assert.That(error!.Message, Does.Contain("too many sessions"));
        seats.ForEach(seat => seat.Leave());
    }

    [Test]
    public void The_layout_has_room_for_every_verdict()
    {
        Assert.That(
            Enum.GetValues<CommandVerdict>(), Has.Length.EqualTo(StateWord.VerdictCount));
        Assert.That(
            SeatWord.CommandOffset / sizeof(long),
            Is.GreaterThanOrEqualTo(SeatWord.Acks + (SeatWord.KindCount * SeatWord.AckStride)));
    }

    private static string PathOf(AgentBridge bridge) =>
        bridge.Endpoint[AgentBridge.Scheme.Length..];

    private int SeatOf(RemotePlant plant)
    {
        for (int i = 0; i < LaneLayout.SeatCount; i++)
        {
            if (_page.At(_page.Layout.SeatOffset(i))[SeatWord.Session] == (long)plant.Key.SessionId)
            {
                return i;
            }
        }

        throw new InvalidOperationException("no seat has the plant's session");
    }

    private void PeerWrite(int seat, SessionKey key, long sequence)
    {
        var command = new JointCommand(3) { Sequence = sequence };
        new HilRig.Bridge.SharedMemory.RealTime.CommandWriter(_page, seat).Write(command, key, 1);
    }
}
