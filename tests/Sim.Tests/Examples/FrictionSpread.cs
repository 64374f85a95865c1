using HilRig.Core.Sampling;
using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Examples;

/// <summary>The code of docs/examples/friction-spread.md, cell by cell.</summary>
internal static class FrictionSpread
{
    public const int Frames = 150;

    /// <summary>Elbow angles in degrees. Shape [frame, env].</summary>
    public static float[][] Run(string models)
    {
        Model robot = MjcfLoader.Load(Path.Combine(models, "so101.xml"));
        using var batch = new BatchSimulation(robot, envCount: 4096);

        var random = new CounterRandom(seed: 7, stream: 0);
        double[] friction = new double[batch.EnvCount];
        ulong draws = 0;
        for (int joint = 0; joint < robot.Joints.Count; joint++)
        {
            for (int env = 0; env < batch.EnvCount; env++)
            {
                double factor = Math.Pow(10, random.Symmetric(draws++));
                friction[env] = robot.Joints[joint].FrictionLoss * factor;
            }

            batch.Parameters.Write("dof_frictionloss", joint, 0, friction);
        }

        int actuators = batch.Width(BatchField.Control);
        int elbow = robot.IndexOfJoint("elbow_flex");
        float[] target = new float[batch.EnvCount * actuators];
        for (int env = 0; env < batch.EnvCount; env++)
        {
            target[(env * actuators) + elbow] = 0.6f;
        }

        batch.Write(BatchField.Control, target);

        float[] position = new float[batch.EnvCount * batch.Width(BatchField.Position)];
        float[][] angles = new float[Frames][];
        for (int frame = 0; frame < Frames; frame++)
        {
            batch.Step(5);
            batch.Read(BatchField.Position, position);
            angles[frame] = new float[batch.EnvCount];
            for (int env = 0; env < batch.EnvCount; env++)
            {
                float radians = position[(env * batch.Width(BatchField.Position)) + elbow];
                angles[frame][env] = float.RadiansToDegrees(radians);
            }
        }

        return angles;
    }
}
