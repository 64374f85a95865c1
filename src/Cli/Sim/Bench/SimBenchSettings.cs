using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;

namespace HilRig.Cli.Sim.Bench;

/// <summary>What `hilrig sim bench` is to do.</summary>
/// <param name="ModelPath">The model.</param>
/// <param name="PeerModelPath">The same model as native MuJoCo is to read it.</param>
/// <param name="Skip">What may be left out of it.</param>
/// <param name="Envs">Number of envs.</param>
/// <param name="Seconds">Processor time a thread to measure for.</param>
/// <param name="WithPeer">Whether native MuJoCo runs beside it.</param>
/// <param name="WithTangents">Whether dual lanes step beside it.</param>
/// <param name="Batch">How the batch is computed.</param>
internal sealed record SimBenchSettings(
    string ModelPath,
    string PeerModelPath,
    MjcfOptions Skip,
    int Envs,
    double Seconds,
    bool WithPeer,
    bool WithTangents,
    BatchOptions Batch);
