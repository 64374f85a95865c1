using Google.Protobuf.WellKnownTypes;
using HilRig.Recording.Protos.Foxglove;

namespace HilRig.Recording.Ticks;

/// <summary>A reused foxglove.JointStates message. NaN becomes "not present".</summary>
internal sealed class JointStatesMessage
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    public JointStatesMessage(IReadOnlyList<RecordedJoint> joints)
    {
        Message = new JointStates { Timestamp = new Timestamp() };
        foreach (RecordedJoint joint in joints)
        {
            Message.Joints.Add(new JointState { Name = joint.Name });
        }
    }

    public JointStates Message { get; }

    public void Fill(Core.Joints.JointState state, ulong unixNanoseconds)
    {
        SetTime(Message.Timestamp, unixNanoseconds);
        for (int i = 0; i < Message.Joints.Count; i++)
        {
            JointState joint = Message.Joints[i];
            SetPosition(joint, state.Position[i]);
            if (double.IsNaN(state.Velocity[i]))
            {
                joint.ClearVelocity();
            }
            else
            {
                joint.Velocity = state.Velocity[i];
            }

            if (double.IsNaN(state.Effort[i]))
            {
                joint.ClearEffort();
            }
            else
            {
                joint.Effort = state.Effort[i];
            }
        }
    }

    public void Fill(Core.Joints.JointCommand command, ulong unixNanoseconds)
    {
        SetTime(Message.Timestamp, unixNanoseconds);
        for (int i = 0; i < Message.Joints.Count; i++)
        {
            SetPosition(Message.Joints[i], command.Position[i]);
        }
    }

    public static void SetTime(Timestamp timestamp, ulong unixNanoseconds)
    {
        timestamp.Seconds = (long)(unixNanoseconds / NanosecondsPerSecond);
        timestamp.Nanos = (int)(unixNanoseconds % NanosecondsPerSecond);
    }

    private static void SetPosition(JointState joint, double position)
    {
        if (double.IsNaN(position))
        {
            joint.ClearPosition();
        }
        else
        {
            joint.Position = position;
        }
    }
}
